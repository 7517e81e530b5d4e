select called_at
from link_call
where tenant = :tenant and called_at > :since
order by tenant desc, called_at desc
offset :skip rows fetch first 1 row only
