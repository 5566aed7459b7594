"""Pictures of listings against the reference pictures of the register.

Bytes are decoded (`decode`) and described (`description`), looked at in stages (`looking`), and
what is found names its region (`hits`), to be drawn beside the reference (`overlay`). Who needs
one of these imports that module: a crawl describes pictures without loading the search of marks.
"""
