"""Parts of the tag library `kit`, by what they are for; `{% load kit %}` brings all of them."""
