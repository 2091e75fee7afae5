declare module 'china-area-data' {
  /** administrative code to the codes and names below it */
  const areas: Record<string, Record<string, string>>;
  export default areas;
}
