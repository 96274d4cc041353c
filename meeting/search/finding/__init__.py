"""From a question to the page of hits: candidates, counts, order, the lines that are shown."""
