"""What is looked at in a listing beside one right: one function a feature, one reason a file.

A feature takes a Pair and returns an Outcome, or None where it has nothing to say. It counts once
it stands in the `features` of an algorithm. Those of indications and of goods stand in the packages
that find them.
"""
