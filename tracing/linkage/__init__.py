"""Linking in columns: who shares which value, how much that says, and what it adds up to.

Rows are numbered from 0 and stand for sellers or any other thing that values are known of. Nothing
here knows of clues and leads: `tracing.linking` brings its nouns in and turns what comes out into
sentences. Steps, each a module: `holdings` ▶ `hubs` ▶ `agreements` ▶ `clusters`.
`rows` links rows of people or companies whose fields may be mistyped.
"""
