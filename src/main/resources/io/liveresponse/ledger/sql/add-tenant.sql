insert into tenant (name) values (:tenant) on conflict do nothing
