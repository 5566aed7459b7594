"""The nouns of Suyuan: frozen values, enums and allowed transitions; standard library only.

Every other room speaks in these. docs/DESIGN.md holds the vocabulary.
"""
