"""What leaves the service: tasks for the queue, and signed webhooks."""
