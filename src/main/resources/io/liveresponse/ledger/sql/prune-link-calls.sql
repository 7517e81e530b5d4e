delete from link_call where called_at < :before
