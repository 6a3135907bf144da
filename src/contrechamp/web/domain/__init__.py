"""Rules of the pages that join rooms: drawings, sums by year, questions worth asking."""
