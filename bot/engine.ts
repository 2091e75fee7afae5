import { setFlagsFromString } from 'node:v8';

/**
 * How the JavaScript engine compiles; to be imported ahead of everything else, for a pattern is bound by what holds when it is
 * made. Most of what a message costs the first time it is understood is compiling, which the default does twice.
 */

// A pattern becomes machine code at its first use, not byte code first and machine code at the second: hundreds are used often.
setFlagsFromString('--regexp-tier-up-ticks=0');
// A function is optimised together with less of what it calls: a third less to compile. What signing in pays
// for it stands in docs/reliability.md.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
