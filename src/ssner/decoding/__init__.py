"""From scores to spans and relations, on numpy arrays; reading whole documents with any scorer."""
