"""What is the same across a lake: copies of an article, one utterance in many articles."""
