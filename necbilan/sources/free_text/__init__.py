"""What people wrote in words of their own: words grouped, remarks, activities named."""
