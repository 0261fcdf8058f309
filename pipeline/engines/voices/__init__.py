"""Recording of one line -> who speaks when, by sherpa-onnx."""
