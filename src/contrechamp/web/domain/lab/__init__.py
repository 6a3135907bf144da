"""The laboratory as addresses, kept results and changes: rules of its pages."""
