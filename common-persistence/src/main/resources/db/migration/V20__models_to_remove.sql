-- Few, and looked for every two seconds.
create index model_deleting on model (model_id) where status = 'DELETING';
