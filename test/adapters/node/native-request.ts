/** The platform's own class. To be imported before anything that replaces the global one. */
export const NativeRequest = Request
