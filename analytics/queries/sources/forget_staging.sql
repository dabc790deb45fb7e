-- nothing: lets go of the staging file, which holds the rows as text
detach staging
