"""Commands for those who build the product; tests import them."""
