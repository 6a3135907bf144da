"""What accounts say to other machines: mails of notices."""
