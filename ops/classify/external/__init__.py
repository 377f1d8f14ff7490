"""Models of others: an ONNX file or a prediction endpoint, answering as ours do."""
