"""Rules of the watch: from the text of a public record to the decisions that it holds."""
