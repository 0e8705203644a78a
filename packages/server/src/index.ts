/** The server: the gate, live and on the record. */
export {};
