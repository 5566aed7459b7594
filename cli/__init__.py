"""The front door: `suyuan …`. A module a command or a small family of them."""
