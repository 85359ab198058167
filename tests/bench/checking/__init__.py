"""Show how long a check takes over ever more articles, beside the engines that it is made of."""
