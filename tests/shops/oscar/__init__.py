"""A django-oscar shop: catalogue and set-up are ours, every page is django-oscar's own."""
