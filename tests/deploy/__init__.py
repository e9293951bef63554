"""What runs Sayso elsewhere: image, compose file, Kubernetes manifest."""
