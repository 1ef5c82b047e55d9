// Tests start hosts, browsers and servers of their own; side by side on two cores they would wait for each other, not for the product.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
