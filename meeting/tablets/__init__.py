"""The devices people read on, and what is kept on them."""
