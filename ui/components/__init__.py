"""Parts of pages that are drawn in the browser, each mounted by one function."""
