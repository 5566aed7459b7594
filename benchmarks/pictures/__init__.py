"""Pictures made and gathered to measure the search of pictures on."""
