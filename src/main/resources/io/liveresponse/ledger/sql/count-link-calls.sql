select count(*) from link_call where tenant = :tenant and called_at > :since
