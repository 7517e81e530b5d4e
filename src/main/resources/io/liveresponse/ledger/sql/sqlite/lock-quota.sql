-- the transaction is the only writer
select quota_key from quota where quota_key = :quota_key
