/** Tells editors where the schema of a fleet file is. */
export const schemaLine = '# yaml-language-server: $schema=fleet.schema.json';

/** A fleet file to begin with: each thing once, with a word on it. */
export const startFile = `${schemaLine}
# Which devices an embedded gateway has, and how it is: gsdk emulator exec --fleet FILE -- command
# Your editor checks and completes it with the schema beside it: gsdk emulator fleet schema > fleet.schema.json

# What many devices have in common. Whatever a device says itself wins.
templates:
  door:
    type: BIOSTATION_3
    useSSL: true
    handshakeMs: 40          # how long it takes to open a session
    labels: { zone: public } # for those who select devices: zone=public

# Devices one by one.
devices:
  - { deviceID: 846, name: Lobby, template: door, IPAddr: 192.168.0.117 }
  - deviceID: 939342898      # dials in by itself
    type: XPASS_Q2
    IPAddr: 192.168.0.121
    connectionMode: DEVICE_TO_SERVER
    labels: { zone: storage }
    rs485SlaveDeviceIDs: [547000001]

# Many alike: IDs and addresses are counted up from the first.
groups:
  - group: floors            # group:floors selects them
    count: 20
    template: door
    deviceID: 540100001
    IPAddr: 10.1.0.1/16

# How the gateway is. What is left out is as it comes.
#gatewayVersion: "1.9.1"
#gatewayConfig:              # in the keys and units of its config.json: milliseconds
#  device_server: { reconnect_interval: 30000, detect_network_interval: 10000 }
#  timeout: { cmd: 10000, keep_alive: 32000 }
#assumptions:                # what nobody knows of real gateways: gsdk emulator fidelity
#  deviceRetryMs: 24000
`;
