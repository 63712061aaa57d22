"""The engine room: takes queued submissions, runs student code in the sandbox, has it judged."""
