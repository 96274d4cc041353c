"""Digital signatures of our own papers: keys, form fields, signing, checking. pyHanko runs only in a process of its own."""
