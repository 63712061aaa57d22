"""The service: takes work in, keeps grades, sends news out. Never imports torch or the workers."""
