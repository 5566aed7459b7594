"""Speed (`make bench`) and quality (`make quality`), each beside the peer a user would pick.

Development data is found through SUYUAN_MEASURE_DATA, else in ../shared/data; without it the
parts that need it say so.
"""
