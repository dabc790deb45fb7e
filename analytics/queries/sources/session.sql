-- settings of the connection that builds a result: no extension is fetched, clock times are kept as they are
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
set preserve_insertion_order = true;
set timezone = 'UTC';
