/** Puts the gate in front of an agent's tools. */
export {};
