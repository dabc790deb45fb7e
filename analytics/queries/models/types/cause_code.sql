-- The closed list of causes, in the order they are shown.
select unnest(
    ['defect', 'policy', 'process', 'communication', 'repeat', 'fit', 'none', 'unknown']
) as name
