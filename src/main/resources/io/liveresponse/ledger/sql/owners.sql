select distinct lease_owner
from request
where lease_owner >= :first and lease_owner < :after and lease_owner <> :owner and state = 'claimed'
