"""Every sentence that the pipeline says, in Chinese and in English."""
