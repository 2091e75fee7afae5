import { setFlagsFromString } from 'node:v8';

/**
 * How the JavaScript engine compiles; to be imported ahead of everything else, for a pattern is bound by what holds when it is
 * made. Most of what a message costs the first time it is understood is compiling, which the defaults do twice or too early.
 */

// A pattern becomes machine code at its first use, not byte code first and machine code at the second: hundreds are used often.
setFlagsFromString('--regexp-tier-up-ticks=0');
// A function is optimised once it has run three times as long as by default. Each optimising takes milliseconds of a second
// processor, which a service on one has not, and is often undone and done anew while there is still something new to read.
setFlagsFromString('--interrupt-budget=400000');
