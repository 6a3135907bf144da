"""What may be asked, and what is answered: the shapes that the OpenAPI document describes."""
