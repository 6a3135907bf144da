"""Pages and files of dossiers."""
