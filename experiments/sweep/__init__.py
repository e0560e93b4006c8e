"""Many runs from one file: the design, the runs, their store, and the engines that perform them."""
