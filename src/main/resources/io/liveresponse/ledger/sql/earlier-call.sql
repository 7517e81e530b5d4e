select called_at
from api_call
where quota_key = :quota_key and kind = :kind and called_at > :since and call_no > :after_no
order by called_at, call_no
limit 1
