// The page brings its own.
