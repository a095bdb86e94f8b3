// What `served-by/handler` is: the part of src/handler that is meant for others.
export { createHandler, type Handler, type HandlerOptions } from '../../src/handler/index.ts'
export type { Connection } from '../../src/handler/connection.ts'
export type { Build, Place, Replica, State } from '../../src/handler/replica.ts'
