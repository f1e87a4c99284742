"""The review workbench: a page in the browser on this machine, over the store, with the checks beside every edit."""
