"""The pages, one blueprint an area: what is read becomes a template, what is posted becomes a command."""
