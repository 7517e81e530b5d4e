select quota_key from quota where quota_key = :quota_key for update
