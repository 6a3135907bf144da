"""Parts of moderation that other pages show."""
